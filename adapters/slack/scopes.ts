/** The scopes of manifest.yaml, and what is lost without each; those without text are required. */
const lost: Readonly<Record<string, string>> = {
  commands: '',
  'chat:write': '',
  'app_mentions:read': '@attache in threads is not heard',
  'users:read': 'zones are UTC until they are set',
  'channels:history': 'an alert whose answer was lost is not looked for in public channels',
  'groups:history': 'an alert whose answer was lost is not looked for in private channels',
  'channels:read': 'deleted public channels go unnoticed and Home is empty',
  'groups:read': 'deleted private channels go unnoticed and Home is empty',
};

export const scopes: readonly string[] = Object.keys(lost);

/** @param granted the token's scopes; undefined if Slack did not return them */
export function lacking(granted: readonly string[] | undefined): { readonly needed: readonly string[]; readonly words: readonly string[] } {
  const missing = granted ? scopes.filter((scope) => !granted.includes(scope)) : [];
  return {
    needed: missing.filter((scope) => lost[scope] === ''),
    words: missing.flatMap((scope) => (lost[scope] ? [`without ${scope} ${lost[scope]}`] : [])),
  };
}
