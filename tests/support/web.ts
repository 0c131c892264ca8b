/** A publisher on loopback that may misbehave: pages by path, what was asked of it, and the ways in which real ones go wrong. */
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export type Page = (request: IncomingMessage, response: ServerResponse) => void;

interface Asked {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Web {
  /** `http://127.0.0.1:port` */
  readonly origin: string;
  /** `127.0.0.1:port`, for `allowHosts`. */
  readonly host: string;
  readonly port: number;
  readonly asked: Asked[];
  /** Connections opened, whether or not anything was asked on them. */
  connections(): number;
  /** Replaces or adds pages. */
  serve(pages: Readonly<Record<string, Page>>): void;
  close(): Promise<void>;
}

export async function startWeb(pages: Readonly<Record<string, Page>> = {}): Promise<Web> {
  const served = new Map(Object.entries(pages));
  const asked: Asked[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    asked.push({ path, headers: request.headers });
    const page = served.get(path) ?? served.get('*') ?? status(404);
    page(request, response);
  });
  server.on('connection', (socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // A client that gives up in the middle is what most of these tests are about.
    socket.on('error', () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    port,
    asked,
    connections: () => connections,
    serve: (more) => {
      for (const [path, page] of Object.entries(more)) served.set(path, page);
    },
    close: () => {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

/** A small feed of these titles. */
export function rss(...titles: readonly string[]): string {
  const items = titles.map((title, index) => `<item><title>${title}</title><guid>${title}-${index}</guid></item>`);
  return `<?xml version="1.0"?><rss version="2.0"><channel><title>Test</title><link>http://feeds.test/</link>${items.join('')}</channel></rss>`;
}

export function document(body: string | Uint8Array, headers: Readonly<Record<string, string>> = {}): Page {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml', ...headers });
    response.end(body);
  };
}

export function status(code: number, headers: Readonly<Record<string, string>> = {}): Page {
  return (_, response) => {
    response.writeHead(code, headers);
    response.end();
  };
}

export function redirect(to: string, code = 302): Page {
  return status(code, { location: to });
}

/** Says "not modified" to whoever sends this validator back, and the document to all others. */
export function validated(body: string, etag: string): Page {
  return (request, response) => {
    if (request.headers['if-none-match'] === etag) return status(304, { etag })(request, response);
    return document(body, { etag })(request, response);
  };
}

/** Accepts the question and never answers. */
export const silent: Page = () => undefined;

/** One byte after the other, without an end. */
export function drip(everyMs: number): Page {
  return (_, response) => {
    response.writeHead(200, { 'content-type': 'application/rss+xml' });
    const timer = setInterval(() => response.write(' '), everyMs);
    response.on('close', () => clearInterval(timer));
  };
}

/** Bytes as fast as they are taken, without an end; `sent` hears how many were. */
export function endless(chunk: Uint8Array, headers: Readonly<Record<string, string>> = {}): Page {
  return (_, response) => {
    response.writeHead(200, headers);
    const pour = () => {
      while (!response.destroyed && response.write(chunk));
    };
    response.on('drain', pour);
    pour();
  };
}

/** Whatever bytes, past the HTTP library: broken status lines, header floods, half answers. The socket is then closed. */
export function raw(bytes: string): Page {
  return (_, response) => {
    response.socket?.end(Buffer.from(bytes, 'latin1'));
  };
}
