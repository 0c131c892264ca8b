import { uiLanguage } from '../i18n/speech.ts';
import type { Channel } from '../model/channel.ts';
import type { CommandRequest, TalkPorts } from './command.ts';
import { zoneNamed } from './read-zone.ts';

export async function channelOf(
  asked: CommandRequest,
  { store, clock }: TalkPorts,
): Promise<{ readonly channel: Channel; readonly isNew: boolean }> {
  const known = await store.channel(asked.lane);
  if (known) return { channel: known, isNew: false };
  return {
    channel: {
      lane: asked.lane,
      zone: zoneNamed(asked.zone ?? 'UTC') ?? 'UTC',
      language: uiLanguage(asked.locale ?? 'en'),
      createdAt: clock.now(),
    },
    isNew: true,
  };
}
