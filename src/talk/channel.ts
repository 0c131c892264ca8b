/** A channel as it is kept, or as it begins: what its first command tells of it. */
import type { Channel } from '../model.ts';
import type { Asked, TalkPorts } from './command.ts';
import { readZone } from './read-zone.ts';

export async function channelOf(
  asked: Asked,
  { store, clock }: TalkPorts,
): Promise<{ readonly channel: Channel; readonly isNew: boolean }> {
  const known = await store.channel(asked.lane);
  if (known) return { channel: known, isNew: false };
  const zone = readZone(asked.zone ?? 'UTC');
  return { channel: { lane: asked.lane, zone: 'value' in zone ? zone.value : 'UTC', language: 'en', createdAt: clock.now() }, isNew: true };
}
