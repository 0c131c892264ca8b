/** The Web API: the emulator's answers, and before them what it lacks: tokens that are checked, views, limits, and faults on demand. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { blockViolations, viewViolations } from './limits.ts';
import type { Workspace } from './workspace.ts';

/** What a method does instead of answering; taken once. `page`: a proxy on the way answers with that status and a page of its own. */
export type Fault =
  | 'accept-then-drop'
  | 'rate-limited'
  | 'error-500'
  | { readonly error: string }
  | { readonly delayMs: number }
  | { readonly page: number };

/** How much Slack takes before it answers 429. */
export interface Pace {
  readonly perChannelMs: number;
  readonly perMinute: number;
}

export interface View {
  readonly user?: string;
  readonly view: Readonly<Record<string, unknown>>;
}

type Body = Readonly<Record<string, unknown>>;

export interface Api {
  readonly calls: string[];
  readonly views: View[];
  readonly tooFast: () => number;
  fail(method: string, fault: Fault): void;
  /** The language that everybody reads Slack in, which the emulator does not know. */
  speak(locale: string | undefined): void;
  /** From now on every call says so. */
  refuse(error: string | undefined): void;
  /** What the token may, as Slack says beside each answer. */
  grant(only: readonly string[]): void;
  latency(ms: number): void;
  trigger(): string;
  handle(request: IncomingMessage, response: ServerResponse, body: string): Promise<void>;
}

export function createApi(workspaceOf: (token: string) => Workspace | undefined, violations: string[], pace?: Pace): Api {
  const calls: string[] = [];
  const views: View[] = [];
  const faults = new Map<string, Fault[]>();
  const triggers = new Map<string, number>();
  const paced = pace && pacing(pace);
  let refusal: string | undefined;
  let latencyMs = 0;
  let granted: readonly string[] | undefined;
  let tooFast = 0;
  let locale: string | undefined;

  const open = (workspace: Workspace, method: string, said: Body): Body => {
    const issued = triggers.get(String(said.trigger_id));
    if (method === 'views.open' && (issued === undefined || Date.now() - issued > 3_000)) return { ok: false, error: 'expired_trigger_id' };
    triggers.delete(String(said.trigger_id));
    const view = said.view as View['view'];
    violations.push(...viewViolations(view));
    views.push({ view, ...(said.user_id !== undefined && { user: String(said.user_id) }) });
    return { ok: true, view: { ...view, id: `V${views.length}`, team_id: workspace.team, hash: '1' } };
  };

  return {
    calls,
    views,
    tooFast: () => tooFast,
    fail: (method, fault) => void faults.set(method, [...(faults.get(method) ?? []), fault]),
    speak: (other) => {
      locale = other;
    },
    refuse: (error) => {
      refusal = error;
    },
    grant: (only) => {
      granted = only;
    },
    latency: (ms) => {
      latencyMs = ms;
    },
    trigger: () => {
      const id = `trigger-${triggers.size + 1}-${Date.now()}`;
      triggers.set(id, Date.now());
      return id;
    },
    handle: async (request, response, body) => {
      const method = (request.url ?? '').replace('/api/', '');
      calls.push(method);
      const said = payloadOf(body, request.headers['content-type'] ?? '');
      const token = String(said.token ?? request.headers.authorization?.replace('Bearer ', '') ?? '');
      const fault = faults.get(method)?.shift();
      const delay = typeof fault === 'object' && 'delayMs' in fault ? fault.delayMs : latencyMs;
      if (delay > 0) await sleep(delay);
      if (fault === 'rate-limited') return json(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': '7' });
      if (fault === 'error-500') return json(response, 500, { ok: false });
      if (typeof fault === 'object' && 'page' in fault)
        return void response.writeHead(fault.page, { 'content-type': 'text/html' }).end('<h1>Blocked</h1>');
      if (typeof fault === 'object' && 'error' in fault) return json(response, 200, { ok: false, error: fault.error });
      // The emulator takes any token; Slack does not.
      const workspace = workspaceOf(token);
      if (!workspace || refusal) return json(response, 200, { ok: false, error: refusal ?? 'invalid_auth' });
      if (method === 'chat.postMessage' && paced) {
        const wait = paced(String(said.channel), Date.now());
        if (wait > 0) {
          tooFast += 1;
          return json(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(Math.ceil(wait / 1000)) });
        }
      }
      if (method.startsWith('chat.')) violations.push(...blockViolations(said));
      if (method.startsWith('views.')) return json(response, 200, open(workspace, method, said));
      if (method === 'users.conversations') return json(response, 200, await workspace.channelsOf(String(said.user), String(said.types)));
      const answer = await workspace.forward(method, token, body, request.headers['content-type'] ?? 'application/json');
      if (answer.status === 404) violations.push(`${method}: no such method`);
      if (fault === 'accept-then-drop') return void request.socket.destroy();
      const told = method === 'users.info' && locale ? withLocale(answer.body, locale) : withoutMetadata(method, said, answer.body);
      return json(response, answer.status, told, granted ? { 'x-oauth-scopes': granted.join() } : {});
    },
  };
}

/** Gives how long too early a message is (ms). */
function pacing({ perChannelMs, perMinute }: Pace): (channel: string, now: number) => number {
  const last = new Map<string, number>();
  let recent: number[] = [];
  return (channel, now) => {
    recent = recent.filter((at) => now - at < 60_000);
    const early = Math.max((last.get(channel) ?? 0) + perChannelMs - now, recent.length < perMinute ? 0 : (recent[0] ?? 0) + 60_000 - now);
    if (early > 0) return early;
    last.set(channel, now);
    recent.push(now);
    return 0;
  };
}

export function json(response: ServerResponse, status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(JSON.stringify(body));
}

/** Slack's client sends forms with the structures as JSON texts. */
function payloadOf(body: string, type: string): Body {
  if (type.includes('json')) return JSON.parse(body || '{}') as Body;
  const form = Object.fromEntries(new URLSearchParams(body));
  return { ...form, blocks: JSON.parse(form.blocks ?? '[]') as unknown, ...(form.view && { view: JSON.parse(form.view) as unknown }) };
}

function withLocale(answer: unknown, locale: string): unknown {
  const { user, ...rest } = answer as { readonly user?: object };
  return { ...rest, user: { ...user, locale } };
}

/** Slack shows metadata only to who asks for all of it. */
function withoutMetadata(method: string, said: Body, answer: unknown): unknown {
  if (!method.startsWith('conversations.') || /^(?:true|1)$/.test(String(said.include_all_metadata))) return answer;
  return JSON.parse(JSON.stringify(answer, (key, value: unknown) => (key === 'metadata' ? undefined : value))) as unknown;
}
