/** The emulated gateway: sessions that number what they send, keep it for those who resume, and can be forgotten. */
import type { Server } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import { bot, type World } from './world.ts';

interface Session {
  readonly id: string;
  readonly sent: { readonly op: 0; readonly t: string; readonly s: number; readonly d: unknown }[];
  socket?: WebSocket | undefined;
}

export type Gateway = ReturnType<typeof openGateway>;

interface Given {
  readonly world: World;
  readonly isToken: (token: string | undefined) => boolean;
  readonly url: () => string;
  readonly violations: string[];
}

/** Guilds alone is enough for what the bot does; more would have to be asked for. */
const guildsIntent = 1;

export function openGateway(server: Server, { world, isToken, url, violations }: Given) {
  const sessions = new Map<string, Session>();
  const sockets = new Set<WebSocket>();
  const count = { identified: 0, resumed: 0, upgrades: 0 };
  const wss = new WebSocketServer({ noServer: true });
  let isDown = false;
  server.on('upgrade', (request, socket, head) => {
    count.upgrades += 1;
    if (isDown) return void socket.end('HTTP/1.1 502 Bad Gateway\r\nconnection: close\r\ncontent-length: 0\r\n\r\n');
    wss.handleUpgrade(request, socket, head, (accepted) => wss.emit('connection', accepted, request));
  });

  const tell = (session: Session, t: string, d: unknown) => {
    const event = { op: 0, t, s: session.sent.length + 1, d } as const;
    session.sent.push(event);
    session.socket?.send(JSON.stringify(event));
  };
  const identify = (socket: WebSocket, intents: number) => {
    if (intents !== guildsIntent) violations.push(`intents ${intents}`);
    count.identified += 1;
    const session: Session = { id: `session-${count.identified}`, sent: [], socket };
    sessions.set(session.id, session);
    const guilds = [...world.guilds.keys()];
    tell(session, 'READY', {
      v: 10,
      user: bot,
      guilds: guilds.map((id) => ({ id, unavailable: true })),
      session_id: session.id,
      resume_gateway_url: url(),
      application: { id: bot.id, flags: 0 },
      shard: [0, 1],
    });
    for (const id of guilds) tell(session, 'GUILD_CREATE', world.guildShape(id));
  };
  const resume = (socket: WebSocket, id: string | undefined, seen: number) => {
    const session = sessions.get(id ?? '');
    if (!session) return socket.send(JSON.stringify({ op: 9, d: false }));
    count.resumed += 1;
    session.socket = socket;
    for (const event of session.sent.filter(({ s }) => s > seen)) socket.send(JSON.stringify(event));
    tell(session, 'RESUMED', {});
  };

  wss.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('close', () => {
      sockets.delete(socket);
      for (const session of sessions.values()) if (session.socket === socket) session.socket = undefined;
    });
    socket.send(JSON.stringify({ op: 10, d: { heartbeat_interval: 30_000 } }));
    socket.on('message', (bytes) => {
      const { op, d } = JSON.parse(String(bytes)) as Said;
      if (op === 1) return socket.send(JSON.stringify({ op: 11 }));
      if (op !== 2 && op !== 6) return violations.push(`gateway opcode ${op}`);
      if (!isToken(d?.token)) return socket.close(4004, 'Authentication failed.');
      return op === 2 ? identify(socket, d?.intents ?? 0) : resume(socket, d?.session_id, d?.seq ?? 0);
    });
  });

  return {
    emit: (t: string, d: unknown) => {
      for (const session of sessions.values()) tell(session, t, d);
    },
    /** Cuts every connection. Clients resume and get what they missed, unless their sessions were forgotten: then they identify anew. */
    drop: ({ forget = false } = {}) => {
      if (forget) sessions.clear();
      for (const socket of sockets) socket.terminate();
    },
    count,
    /** While down, every upgrade is answered 502, and what was open is cut. */
    down: (down: boolean) => {
      isDown = down;
      if (down) for (const socket of sockets) socket.terminate();
    },
    /** Something that no gateway should say. */
    blurt: (text: string) => {
      for (const socket of sockets) socket.send(text);
    },
    close: () => {
      for (const socket of sockets) socket.terminate();
      wss.close();
    },
  };
}

interface Said {
  readonly op: number;
  readonly d?: { readonly token?: string; readonly intents?: number; readonly session_id?: string; readonly seq?: number };
}
