/** What an installation asks for: the same scopes as in manifest.yaml, where each says why. */
export const scopes: readonly string[] = [
  'commands',
  'chat:write',
  'app_mentions:read',
  'users:read',
  'channels:history',
  'groups:history',
  'channels:read',
  'groups:read',
];
