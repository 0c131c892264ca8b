/** What manifest.yaml subscribes to and what the app handles are the same: an event that is missing there never comes. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { App } from '@slack/bolt';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { listen } from '../../../adapters/slack/listen.ts';
import { hooksThat } from '../../support/messages.ts';
import { root } from '../../support/project.ts';

test('every event that the manifest names is handled, and every one that is handled is named', () => {
  const handled: string[] = [];
  const nothing = () => {};
  const app = {
    event: (name: string) => void handled.push(name),
    error: nothing,
    command: nothing,
    action: nothing,
    options: nothing,
    view: nothing,
  };
  listen(app as unknown as App, hooksThat({}), { whoMayChange: 'members', observe: { log: nothing } });
  const { settings } = parse(readFileSync(join(root, 'adapters', 'slack', 'manifest.yaml'), 'utf8')) as {
    settings: { event_subscriptions: { bot_events: string[] } };
  };
  expect(handled.toSorted()).toEqual(settings.event_subscriptions.bot_events.toSorted());
});
