/** Two workspaces whose people install the bot from its web page, and a Slack that speaks to it over signed HTTP requests. */
import { createHmac } from 'node:crypto';
import { createServer } from 'node:http';
import { createApi, json } from './api.ts';
import { bodyOf, listen } from './harness.ts';
import { createPeople, type Ephemeral, type People } from './people.ts';
import type { Deliver } from './socket.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

export interface Signing {
  readonly secret?: string;
  /** Seconds before now. */
  readonly age?: number;
}

export interface SlackForManyHarness {
  readonly apiUrl: string;
  readonly authorizationUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingSecret: string;
  readonly violations: string[];
  readonly workspaces: readonly [Workspace & People, Workspace & People];
  /** Where the app listens. */
  appAt(port: number): void;
  /** A person of the workspace goes through the pages; gives the status of the last. */
  install(workspace: Workspace, how?: { readonly forgedState?: boolean }): Promise<number>;
  /** From now on tokens expire within the hour, and are renewed by a refresh token, which is good once. */
  rotate(on: boolean): void;
  /** How many tokens were renewed so far. */
  renewed(): number;
  /** A request that says it comes from Slack; gives its status. */
  request(path: string, body: string, signing?: Signing): Promise<number>;
  close(): Promise<void>;
}

const clientId = '1.2';
const clientSecret = 'client-secret';
const signingSecret = 'signing-secret';

export async function startSlackForMany(): Promise<SlackForManyHarness> {
  const violations: string[] = [];
  const opened = await Promise.all([openWorkspace(1), openWorkspace(2)]);
  const tokens = new Map<string, Workspace>();
  const codes = new Map<string, Workspace>();
  const server = createServer();
  const base = await listen(server);
  const api = createApi((token) => tokens.get(token), violations);
  let app = '';
  let rotating = false;
  let renewals = 0;
  const refreshing = new Map<string, { readonly workspace: Workspace; readonly token: string; readonly answer: object }>();

  const send = (path: string, body: string, type: string, { secret = signingSecret, age = 0 }: Signing = {}) => {
    const timestamp = String(Math.floor(Date.now() / 1000) - age);
    const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
    const headers = { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': signature };
    return fetch(`${app}${path}`, { method: 'POST', headers, body });
  };
  const deliver: Deliver = async (type, payload) => {
    const form = type === 'slash_commands' ? payload : { payload: JSON.stringify(payload) };
    const isEvent = type === 'events_api';
    const body = isEvent ? JSON.stringify(payload) : String(new URLSearchParams(form as Record<string, string>));
    const began = Date.now();
    const answer = await send('/slack/events', body, isEvent ? 'application/json' : 'application/x-www-form-urlencoded');
    if (!answer.ok || Date.now() - began > 3_000) violations.push(`${type}: answered ${answer.status} after ${Date.now() - began} ms`);
    const text = await answer.text();
    return text.startsWith('{') ? (JSON.parse(text) as Record<string, unknown>) : {};
  };
  const inside = opened.map((workspace) => ({ workspace, ...createPeople(workspace, api, () => deliver, base, violations) }));

  /** Slack's exchange of a code for a token, by the emulator of the workspace that gave the code. */
  const exchange = async (body: string, type: string): Promise<unknown> => {
    const said = new URLSearchParams(body);
    if (said.get('grant_type') === 'refresh_token') return renew(said.get('refresh_token') ?? '');
    const workspace = codes.get(said.get('code') ?? '');
    if (!workspace) return { ok: false, error: 'invalid_code' };
    const { body: answer } = await workspace.forward('oauth.v2.access', '', body, type);
    const { access_token: token } = answer as { access_token: string };
    tokens.set(token, workspace);
    return rotating ? expiring(workspace, token, answer as object) : answer;
  };
  const expiring = (workspace: Workspace, token: string, answer: object) => {
    const refresh = `xoxe-1-${refreshing.size + 1}`;
    refreshing.set(refresh, { workspace, token, answer });
    return { ...answer, access_token: token, refresh_token: refresh, expires_in: 3_600 };
  };
  const renew = (refresh: string): unknown => {
    const known = refreshing.get(refresh);
    if (!known || !tokens.delete(known.token)) return { ok: false, error: 'invalid_refresh_token' };
    renewals += 1;
    const token = `xoxe.xoxb-renewed-${renewals}`;
    tokens.set(token, known.workspace);
    return { ...expiring(known.workspace, token, known.answer), token_type: 'bot' };
  };

  server.on('request', async (request, response) => {
    const body = await bodyOf(request);
    const [, team, id] = /^\/response\/([^-]+)-(.+)$/.exec(request.url ?? '') ?? [];
    if (id !== undefined) {
      inside.find(({ workspace }) => workspace.team === team)?.take(id, JSON.parse(body) as Ephemeral);
      return json(response, 200, { ok: true });
    }
    if (request.url === '/api/oauth.v2.access') return json(response, 200, await exchange(body, request.headers['content-type'] ?? ''));
    return api.handle(request, response, body);
  });

  const [first, second] = inside.map(({ workspace, people }) => ({ ...workspace, ...people }));
  if (!first || !second) throw new Error('two workspaces');
  return {
    apiUrl: `${base}/api/`,
    authorizationUrl: `${base}/authorize`,
    clientId,
    clientSecret,
    signingSecret,
    violations,
    workspaces: [first, second],
    appAt: (port) => {
      app = `http://127.0.0.1:${port}`;
    },
    install: async (workspace, { forgedState = false } = {}) => {
      const asked = await fetch(`${app}/slack/install`, { redirect: 'manual' });
      const page = new URL(asked.headers.get('location') ?? '');
      const back = await workspace.consent(page);
      codes.set(back.searchParams.get('code') ?? '', workspace);
      if (forgedState) back.searchParams.set('state', 'forged');
      const cookie = asked.headers.getSetCookie().map((one) => one.split(';')[0]);
      const done = await fetch(`${app}${back.pathname}${back.search}`, { headers: { cookie: cookie.join('; ') } });
      return done.status;
    },
    rotate: (on) => {
      rotating = on;
    },
    renewed: () => renewals,
    request: async (path, body, signing) => (await send(path, body, 'application/x-www-form-urlencoded', signing)).status,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await Promise.all(opened.map((workspace) => workspace.close()));
    },
  };
}
