/**
 * Escalates a Critical alert that is not acknowledged in the channel's time: one mention in the
 * alert's thread.
 */

import { uiLanguage } from '../i18n/speech.ts';
import { makeDelivery } from '../match/fan-out.ts';
import type { ChatMessage } from '../message.ts';
import type { Alert } from '../model/alert.ts';
import type { Instant } from '../model/basics.ts';
import type { Channel, LaneId } from '../model/channel.ts';
import { escalationMessage } from '../phrase/escalation.ts';
import { headlineOf } from '../phrase/headline.ts';
import type { TalkPorts } from './command.ts';

const pageSize = 500;
const mostEvents = 500;
const minute = 60_000;
/** Alerts older than this do not escalate, such as after a long downtime (ms). */
const longestAgo = 24 * 60 * minute;

export interface Escalations {
  /**
   * Enqueues due escalations; returns how many. A repetition has the same delivery key, so a
   * restart repeats none.
   */
  runDue(): Promise<number>;
}

export function createEscalations(ports: TalkPorts): Escalations {
  const { store, clock } = ports;
  /** Delivery keys enqueued by this process, to save asking the store every minute. */
  const called = new Set<string>();
  return {
    runDue: async () => {
      const alerts = await openAlerts(ports);
      if (alerts.length === 0) return 0;
      const before = called.size;
      let after: LaneId | undefined;
      for (let page = await store.channels(after, pageSize); page.length > 0; page = await store.channels(after, pageSize)) {
        for (const channel of page.filter(({ escalate }) => escalate))
          for (const alert of alerts) await call({ channel, alert, called }, ports, clock.now());
        after = page.at(-1)?.lane;
      }
      return called.size - before;
    },
  };
}

/** Returns open Critical alerts that were not posted as unconfirmed. */
async function openAlerts({ store, clock }: TalkPorts): Promise<readonly Alert[]> {
  const since = clock.now() - longestAgo;
  const events = await store.events({ since, minSeverity: 4, limit: mostEvents });
  const alerted = events.filter(({ state, alertedRevision }) => state === 'open' && alertedRevision !== undefined);
  const alerts = await Promise.all(alerted.map(({ id, alertedRevision }) => store.alert(`${id}@${alertedRevision}`)));
  return alerts.flatMap((alert) => (alert && alert.severity === 4 && alert.at >= since ? [alert] : []));
}

interface Calling {
  readonly channel: Channel;
  readonly alert: Alert;
  readonly called: Set<string>;
}

async function call({ channel, alert, called }: Calling, { store, places }: TalkPorts, now: Instant): Promise<void> {
  const { escalate, lane, language, pausedUntil = now } = channel;
  if (!escalate || pausedUntil > now || alert.at < escalate.since || now - alert.at < escalate.afterMinutes * minute) return;
  const subject = alert.event.id;
  const about = `${subject} unacknowledged`;
  const { mention } = escalate;
  const note = makeDelivery({ lane, subject, about, act: 'reply', message: { own: 'escalation' }, notBefore: now, mention, urgent: true });
  // A high revision, so that an update right after does not replace it like an older note.
  const delivery = { ...note, revision: 1_000_000 };
  if (called.has(delivery.key)) return;
  const posting = await store.posting(lane, subject);
  if (!posting || posting.ref.removed || posting.ref.listed || posting.acks.length > 0) return;
  // Stored headlines are English.
  const headline = headlineOf(alert, { name: places.name, language });
  const message: ChatMessage = escalationMessage(headline, escalate.afterMinutes, uiLanguage(language));
  await store.enqueue({ [delivery.messageId]: message }, [delivery]);
  called.add(delivery.key);
}
