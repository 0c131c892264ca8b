/** Tells a web page from a feed before anything is parsed. */

/** Root elements of a page and of a feed. */
const pageRoot = /<!doctype\s+html|<html[\s>]/i;
const feedRoot = /<(?:[a-z\d]+:)?(?:rss|feed|rdf)[\s>]/i;

/**
 * A feed may carry pages inside its items, so only the first root counts. Also works for UTF-16,
 * whose zero bytes are dropped.
 */
export function isHtmlPage(bytes: Uint8Array): boolean {
  const start = startOf(bytes);
  const page = start.search(pageRoot);
  if (page < 0 || /^[\s\ufeff]*[{[]/.test(start)) return false;
  const feed = start.search(feedRoot);
  return feed < 0 || page < feed;
}

/**
 * Returns the page's title, one line of at most 60 characters: "Just a moment..." says more than
 * any status.
 */
export function pageTitle(bytes: Uint8Array): string | undefined {
  const title = /<title[^>]*>([^<]{1,400})/i
    .exec(startOf(bytes))?.[1]
    ?.replace(/[\s\p{Cc}\p{Cf}"]+/gu, ' ')
    .trim();
  return title ? Array.from(title).slice(0, 60).join('') : undefined;
}

function startOf(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 8192)).toString('utf8').replaceAll('\0', '');
}
