/**
 * The tables, the same for both engines: ids are text, instants epoch milliseconds, structures JSON
 * as text.
 */
import type { Generated } from 'kysely';

export interface Tables {
  item: { feed_id: string; id: string; title: string; dropped: string | null; seen_at: number };
  item_event: { feed_id: string; item_id: string; event_id: string };
  event: { id: string; state: string; severity: number; first_seen_at: number; last_seen_at: number; words: string; json: string };
  /** host '' is an event whose host is unknown. */
  event_host: { host: string; event_id: string; over: Generated<number> };
  posture: { sender: string; host: string; tier: string; read_at: number; json: string };
  advice: { issuer: string; country: string; area: string; tier: string; read_at: number; json: string };
  alert: { seq: Generated<number>; id: string; event_id: string; json: string; expanded_to: string; expanded: number };
  message: { id: string; json: string };
  channel: { lane: string; digest_at: number | null; json: string };
  subscription: { lane: string; id: string; json: string };
  lane: {
    id: string;
    platform: string;
    ready_at: number;
    due_at: number | null;
    lease_until: number;
    owner: string;
    urgent: Generated<number>;
    /** 1 while it waits at the platform's request. */
    asked: Generated<number>;
  };
  delivery: {
    seq: Generated<number>;
    key: string;
    lane: string;
    subject: string;
    revision: number;
    act: string;
    message_id: string;
    not_before: number;
    because: string;
    living: number;
    mention: string | null;
    state: string;
    attempts: number;
    unknown_since: number | null;
    reason: string | null;
    changed_at: number;
    urgent: Generated<number>;
  };
  posting: { lane: string; subject: string; revision: number; ref: string; acks: string };
  feedback: { lane: string; alert_id: string; by_user: string; at: number; json: string };
  installation: { workspace: string; sealed: string };
  cursor: { feed_id: string; json: string };
}
