/** Addresses of feeds may carry a user and a password: those are for requests alone, and never stored or shown. */

const userOf = /^(\s*https?:\/+)[^/?#\\]*@/i;

/** The address without them, and otherwise as it was written. */
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

/** The address with the user of another one of the same origin. */
export function withUserOf(address: string, from: string): string {
  const [url, known] = [URL.parse(address), URL.parse(from)];
  if (!url || !known || known.username === '' || url.origin !== known.origin) return address;
  url.username = known.username;
  url.password = known.password;
  return url.href;
}
