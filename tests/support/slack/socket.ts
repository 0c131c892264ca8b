/** Socket Mode as Slack speaks it: up to ten connections, each event to one of them in turn, and three seconds for the acknowledgement. */
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';

/** How an event reaches the app; gives what came with the acknowledgement. */
export type Deliver = (type: string, payload: Readonly<Record<string, unknown>>) => Promise<Readonly<Record<string, unknown>>>;

const ackWithin = 3_000;

export function openSockets(server: Server, violations: string[]) {
  const wss = new WebSocketServer({ server });
  const sockets: WebSocket[] = [];
  const acks = new Map<string, (payload: Readonly<Record<string, unknown>>) => void>();
  const received: number[] = [];
  let arrived: (() => void)[] = [];
  let opened = 0;
  let sent = 0;
  let silent = false;
  wss.on('connection', (socket) => {
    sockets.push(socket);
    opened += 1;
    socket.on('message', (bytes) => {
      const { envelope_id: id, payload = {} } = JSON.parse(String(bytes)) as { envelope_id?: string; payload?: Record<string, unknown> };
      if (id) acks.get(id)?.(payload);
    });
    socket.on('close', () => sockets.splice(sockets.indexOf(socket), 1));
    if (!silent) socket.send(JSON.stringify({ type: 'hello', num_connections: sockets.length, connection_info: { app_id: 'A1' } }));
    for (const done of arrived) done();
    arrived = [];
  });

  const deliver: Deliver = async (type, payload) => {
    const id = `envelope-${acks.size + 1}`;
    const at = sent % Math.max(1, sockets.length);
    sent += 1;
    received[at] = (received[at] ?? 0) + 1;
    const acked = new Promise<Readonly<Record<string, unknown>>>((done) => acks.set(id, done));
    sockets[at]?.send(JSON.stringify({ type, envelope_id: id, accepts_response_payload: type !== 'events_api', payload }));
    const late = new Promise<undefined>((done) => setTimeout(() => done(undefined), ackWithin).unref());
    const answer = await Promise.race([acked, late]);
    if (!answer) violations.push(`${type}: not acknowledged within 3 s`);
    return answer ?? {};
  };

  return {
    deliver,
    /** How many events each connection got. */
    received,
    opened: () => opened,
    connected: () => (sockets.length > 0 ? Promise.resolve() : new Promise<void>((done) => arrived.push(done))),
    /** Sockets open, and nothing is said on them. */
    silence: (from: boolean) => {
      silent = from;
    },
    /** Slack says that it will close, as it does every few hours. */
    refresh: () => {
      for (const socket of sockets) socket.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' }));
    },
    drop: () => {
      for (const socket of [...sockets]) socket.terminate();
    },
    close: () => {
      for (const socket of [...sockets]) socket.terminate();
      wss.close();
    },
  };
}
