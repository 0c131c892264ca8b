/**
 * `node bench/poll/publishers.ts FEEDS`: fifty publishers on loopback in a process of their own, each on a port of its own, with validators and 304.
 * Prints the addresses of all feeds as JSON on one line, and serves until it is killed.
 */
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { generateFeed } from '../parse/feeds.ts';

const count = Number(process.argv[2]);
const publishers = 50;
const newest = Date.now() - 3_600_000;
const lastModified = new Date(newest).toUTCString();

const documents = Array.from({ length: count }, (_, seed) => {
  const body = Buffer.from(generateFeed(seed, 30_000, newest));
  return { body, etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 20)}"` };
});

const ports = await Promise.all(Array.from({ length: Math.min(publishers, count) }, listen));
console.log(JSON.stringify(documents.map((_, seed) => `http://127.0.0.1:${ports[seed % ports.length]}/${seed}.xml`)));

function listen(): Promise<number> {
  const server = createServer((asked, answer) => {
    const document = documents[Number.parseInt(asked.url?.slice(1) ?? '', 10)];
    if (!document) return answer.writeHead(404).end();
    const { body, etag } = document;
    const validators = { etag, 'last-modified': lastModified };
    if (asked.headers['if-none-match'] === etag) return answer.writeHead(304, validators).end();
    answer.writeHead(200, { ...validators, 'content-type': 'application/rss+xml; charset=utf-8', 'content-length': body.length }).end(body);
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready((server.address() as AddressInfo).port)));
}
