/** Health and metrics over HTTP, for the machine itself or the operator's network: read only, and without any word of what is watched. */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Problem } from '../../src/model/basics.ts';

export interface Pages {
  /** What is missing before the bot can do its work; empty where it is ready. */
  notReady(): Promise<readonly string[]>;
  metrics(): Promise<{ readonly text: string; readonly contentType: string }>;
  /** A page could not be made: an error of ours, or the database took too long. */
  failed(page: string, error: unknown): void;
}

export interface OperationsServer {
  /** `http://127.0.0.1:9464` */
  readonly origin: string;
  close(): Promise<void>;
}

/** A page that takes longer is given up (ms): who asks has stopped waiting. */
const patience = 8_000;

/** @param port 0 for one that the system chooses */
export async function serveOperations(
  { host, port }: { readonly host: string; readonly port: number },
  pages: Pages,
): Promise<OperationsServer | Problem> {
  const answers: Readonly<Record<string, () => Promise<Answer>>> = {
    '/healthz': async () => plain(200, 'ok'),
    '/readyz': async () => {
      const missing = await pages.notReady();
      return missing.length === 0 ? plain(200, 'ready') : plain(503, missing.join('\n'));
    },
    '/metrics': shared(async () => {
      const { text, contentType } = await pages.metrics();
      return { status: 200, text, contentType };
    }),
  };
  const server = createServer({ requestTimeout: patience, headersTimeout: patience, keepAliveTimeout: 5_000 }, (request, response) => {
    const path = (request.url ?? '/').split('?')[0] ?? '/';
    if (request.method !== 'GET' && request.method !== 'HEAD') return send(response, plain(405, 'GET only'), { allow: 'GET, HEAD' });
    const answer = Object.hasOwn(answers, path) ? answers[path] : undefined;
    if (!answer) return send(response, plain(404, 'there are: /healthz /readyz /metrics'));
    intime(answer()).then(
      (page) => send(response, page),
      (error: unknown) => {
        pages.failed(path, error);
        send(response, plain(503, 'no answer in time, or an error of Attaché itself: see the log'));
      },
    );
  });
  server.maxConnections = 50;
  const problem = await new Promise<string | undefined>((done) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      done(error.code === 'EADDRINUSE' ? 'another program listens there' : error.message),
    );
    server.listen(port, host, () => done(undefined));
  });
  if (problem) return { problem: `operations: cannot listen on ${host}:${port} (${problem}); change operations in config/attache.yaml` };
  const bound = server.address() as AddressInfo;
  return {
    origin: `http://${bound.family === 'IPv6' ? `[${bound.address}]` : bound.address}:${bound.port}`,
    close: async () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      server.closeAllConnections();
      await closed;
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly contentType: string;
}

const plain = (status: number, text: string): Answer => ({ status, text: `${text}\n`, contentType: 'text/plain; charset=utf-8' });

function send(response: ServerResponse, { status, text, contentType }: Answer, more: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': contentType, 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', ...more });
  response.end(text);
}

/** Those who ask at the same time get the same answer: many scrapes cost the database one read. */
function shared<T>(make: () => Promise<T>): () => Promise<T> {
  let running: Promise<T> | undefined;
  return () => {
    running ??= make().finally(() => {
      running = undefined;
    });
    return running;
  };
}

async function intime<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, fail) => {
    timer = setTimeout(() => fail(new Error('late')), patience);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
