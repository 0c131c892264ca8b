/** Buttons as Discord components: primary buttons first, then those of Slack's overflow menu. */
import { type APIActionRowComponent, type APIButtonComponent, ButtonStyle, ComponentType } from 'discord.js';
import type { Button, ButtonAct } from '../../src/message.ts';
import { withKey, withoutKey } from './key.ts';
import { limits } from './limits.ts';
import { linkOf, plain } from './text.ts';

export type ButtonRow = APIActionRowComponent<APIButtonComponent>;

const acts: ReadonlySet<string> = new Set<ButtonAct>(['acknowledge', 'mute', 'why', 'wrong', 'command']);

/** @param key the delivery's key, stored in the first button that has a value */
export function rowsOf(buttons: readonly Button[], key?: string): readonly ButtonRow[] {
  const inOrder = [...buttons].sort((a, b) => Number(a.overflow ?? false) - Number(b.overflow ?? false));
  const byTarget = new Map(inOrder.flatMap((button) => componentOf(button) ?? []).map((one) => [targetOf(one), one]));
  const shown: APIButtonComponent[] = [...byTarget.values()].slice(0, limits.rows * limits.buttonsPerRow);
  const carrier = shown.findIndex((one) => 'custom_id' in one);
  const first = shown[carrier];
  if (key !== undefined && first && 'custom_id' in first) shown[carrier] = { ...first, custom_id: withKey(first.custom_id, key) };
  return Array.from({ length: Math.ceil(shown.length / limits.buttonsPerRow) }, (_, row) => ({
    type: ComponentType.ActionRow,
    components: shown.slice(row * limits.buttonsPerRow, (row + 1) * limits.buttonsPerRow),
  }));
}

/** Returns act and value from a pressed button's `custom_id`; undefined if it is not ours. */
export function pressedOf(customId: string): { readonly act: ButtonAct; readonly value: string } | undefined {
  const pressed = withoutKey(customId);
  const colon = pressed.indexOf(':');
  const act = pressed.slice(0, colon);
  return isAct(act) ? { act, value: pressed.slice(colon + 1) } : undefined;
}

const isAct = (act: string): act is ButtonAct => acts.has(act);

/** Discord refuses a message with two buttons of the same target. */
const targetOf = (button: APIButtonComponent): string => ('custom_id' in button ? button.custom_id : 'url' in button ? button.url : '');

/** Returns undefined if value or URL is too long: truncated, it would do something else. */
function componentOf(button: Button): APIButtonComponent | undefined {
  const label = plain(button.label, limits.buttonLabel).trim() || '…';
  if (button.act === 'open') {
    const url = linkOf(button.link);
    return url && url.length <= limits.buttonUrl ? { type: ComponentType.Button, style: ButtonStyle.Link, label, url } : undefined;
  }
  const custom_id = `${button.act}:${button.value}`;
  return custom_id.length <= limits.customId ? { type: ComponentType.Button, style: ButtonStyle.Secondary, label, custom_id } : undefined;
}
