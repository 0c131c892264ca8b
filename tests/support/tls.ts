/** A publisher on loopback over TLS, with certificates that are valid for a century, for another name, expired, or of nobody known. Made for these tests. */
import { createServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer, type Socket } from 'node:net';
import type { Page } from './web.ts';

export interface SecureWeb {
  /** `feeds.test:port` */
  readonly host: string;
  close(): Promise<void>;
}

export async function startSecureWeb(options: ServerOptions, page: Page): Promise<SecureWeb> {
  const server = createServer({ key, ...options }, page);
  // A client that turns away is what these tests are about.
  server.on('tlsClientError', () => undefined);
  return listening(server);
}

/** Whatever does not speak TLS. */
export function startPlain(connected: (socket: Socket) => void): Promise<SecureWeb> {
  return listening(
    createTcpServer((socket) => {
      socket.on('error', () => undefined);
      connected(socket);
    }),
  );
}

async function listening(server: ReturnType<typeof createTcpServer>): Promise<SecureWeb> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return {
    host: `feeds.test:${(server.address() as AddressInfo).port}`,
    close: () => {
      const closed = new Promise<void>((done) => server.close(() => done()));
      for (const socket of sockets) socket.destroy();
      return closed;
    },
  };
}

const key = `-----BEGIN EC PRIVATE KEY-----
MHcCAQEEIA1b0VDjOQV1PuYnIFKUjBncWpcsekYd3nK3aFK83VEFoAoGCCqGSM49
AwEHoUQDQgAE8EaD5ug+XWUzhtTdrsO9kbYkqrrTg8C61dm8E27zqVhuGmTmH6Ix
+q8ahEdq7E+WUEsxb+daUVDLuLHKc8b7Dg==
-----END EC PRIVATE KEY-----`;

export const authority = `-----BEGIN CERTIFICATE-----
MIIBVDCB+6ADAgECAgEBMAoGCCqGSM49BAMCMBkxFzAVBgNVBAMMDlRlc3QgYXV0
aG9yaXR5MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjAZMRcwFQYD
VQQDDA5UZXN0IGF1dGhvcml0eTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABBX0
C/fokmxVaJsviLtP5nMKdrSDeUZG9oWAAfefS84yFbdujTYrOVWaXJ11xxuz3XaX
zr1DBkgKNj9pPvwf/WCjMjAwMA8GA1UdEwEB/wQFMAMBAf8wHQYDVR0OBBYEFD/g
fwCk9cICaqD9ICU6GCkFrYsAMAoGCCqGSM49BAMCA0gAMEUCID8YqwPqdOBDOUTZ
MzHAAdmQTcdhX99cg8gm7goN2y65AiEAr3utbf7/hTenb+vQe9ZKCDe01+4KTrOj
EB8OsICTnrg=
-----END CERTIFICATE-----`;

export const certificates = {
  good: `-----BEGIN CERTIFICATE-----
MIIBdzCCAR6gAwIBAgIBAjAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFTETMBEG
A1UEAwwKZmVlZHMudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPBGg+bo
Pl1lM4bU3a7DvZG2JKq604PAutXZvBNu86lYbhpk5h+iMfqvGoRHauxPllBLMW/n
WlFQy7ixynPG+w6jWTBXMBUGA1UdEQQOMAyCCmZlZWRzLnRlc3QwHQYDVR0OBBYE
FFQMkbOS7S47jXiQ9jWWuj32BqtAMB8GA1UdIwQYMBaAFD/gfwCk9cICaqD9ICU6
GCkFrYsAMAoGCCqGSM49BAMCA0cAMEQCIECb8dKCbjlaH9D+INN7M066yyn6jb2G
T/pKxAb8oi7vAiBMsnbwMVCS46Ofuj2LOO5tauCgSLKohmOb+pQuWphJGA==
-----END CERTIFICATE-----`,
  other: `-----BEGIN CERTIFICATE-----
MIIBdzCCAR6gAwIBAgIBAzAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
dGhvcml0eTAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFowFTETMBEG
A1UEAwwKZmVlZHMudGVzdDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABPBGg+bo
Pl1lM4bU3a7DvZG2JKq604PAutXZvBNu86lYbhpk5h+iMfqvGoRHauxPllBLMW/n
WlFQy7ixynPG+w6jWTBXMBUGA1UdEQQOMAyCCm90aGVyLnRlc3QwHQYDVR0OBBYE
FFQMkbOS7S47jXiQ9jWWuj32BqtAMB8GA1UdIwQYMBaAFD/gfwCk9cICaqD9ICU6
GCkFrYsAMAoGCCqGSM49BAMCA0cAMEQCIG6xhJ8/XZkwGcywpvif0l/A4106mlwo
3AVY9y+AZLNZAiBLAjXmy8ejk4exLPy5LJcMALZd6Z/5+s411g02jWwlVw==
-----END CERTIFICATE-----`,
  expired: `-----BEGIN CERTIFICATE-----
MIIBdjCCARygAwIBAgIBBDAKBggqhkjOPQQDAjAZMRcwFQYDVQQDDA5UZXN0IGF1
dGhvcml0eTAeFw0yMDAxMDEwMDAwMDBaFw0yMDAxMDIwMDAwMDBaMBUxEzARBgNV
BAMMCmZlZWRzLnRlc3QwWTATBgcqhkjOPQIBBggqhkjOPQMBBwNCAATwRoPm6D5d
ZTOG1N2uw72RtiSqutODwLrV2bwTbvOpWG4aZOYfojH6rxqER2rsT5ZQSzFv51pR
UMu4scpzxvsOo1kwVzAVBgNVHREEDjAMggpmZWVkcy50ZXN0MB0GA1UdDgQWBBRU
DJGzku0uO414kPY1lro99garQDAfBgNVHSMEGDAWgBQ/4H8ApPXCAmqg/SAlOhgp
Ba2LADAKBggqhkjOPQQDAgNIADBFAiBHG1TZ0vXGnH4BU5rrHOlYFU7Wb5HP2Ed4
tYCRAUVsvgIhAKKLbXzmG0go0yUJsqeslDJ9a2hg9+xNGSWy/hNt9cyC
-----END CERTIFICATE-----`,
} as const;
