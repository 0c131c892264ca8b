/**
 * Feed addresses may carry a user and a password: these are for requests only, never stored or
 * shown.
 */

const userOf = /^(\s*https?:\/+)[^/?#\\]*@/i;

/** Returns the address without credentials, otherwise as written. */
export function bare(address: string): string {
  const url = URL.parse(address);
  if (!url || (url.username === '' && url.password === '')) return address;
  const stripped = address.replace(userOf, '$1');
  const { username, password } = URL.parse(stripped) ?? url;
  if (username === '' && password === '') return stripped;
  url.username = '';
  url.password = '';
  return url.href;
}

/** Returns the address with the credentials of another one of the same origin. */
export function withUserOf(address: string, from: string): string {
  const [url, known] = [URL.parse(address), URL.parse(from)];
  if (!url || !known || known.username === '' || url.origin !== known.origin) return address;
  url.username = known.username;
  url.password = known.password;
  return url.href;
}
