/** After a restart nobody has asked anything yet: what comes by itself is shown in the zone that the terminal's channel has. */
import { expect, test } from 'vitest';
import { openInMemory } from '../../adapters/store/sqlite.ts';
import { platformsOf } from '../../src/cli/platforms.ts';
import { terminalLane } from '../../src/cli/setup.ts';
import { anAlert } from '../support/messages.ts';
import { shippedConfig } from '../support/project.ts';
import { aChannel } from '../support/stored.ts';

test('an alert after a restart is in the zone that was set, not in the machine’s', async () => {
  const store = await openInMemory();
  await store.saveChannel(aChannel(terminalLane, { zone: 'Asia/Tokyo' }));
  const [terminal] = await platformsOf({ ...shippedConfig(), secrets: {} as never }, store, { interactive: false });
  const shown = terminal?.render({ ...anAlert('h'), lines: [[{ at: Date.UTC(2022, 1, 14, 16, 28) }]] }, { act: 'post' });
  expect(shown).toContain('15 Feb 2022, 01:28 (16:28 UTC)');
  await store.close();
});
