/** Reads a pressed button: its act and value. */
import type { BlockAction } from '@slack/bolt';
import type { ButtonAct } from '../../src/message.ts';

const acts = new Set<string>(['acknowledge', 'mute', 'why', 'wrong', 'command'] satisfies ButtonAct[]);
const isAct = (word: string): word is ButtonAct => acts.has(word);

/**
 * The act is in a button's action id, or in the value of an overflow option. Slack opens links
 * itself.
 */
export function pressedOf(
  action: BlockAction['actions'][number] | undefined,
): { readonly act: ButtonAct; readonly value: string } | undefined {
  const option = action?.type === 'overflow' ? action.selected_option.value : undefined;
  const [act, value] =
    option === undefined
      ? [action?.action_id.replace(/-\d+$/, '') ?? '', action?.type === 'button' ? (action.value ?? '') : '']
      : [option.slice(0, option.indexOf(':')), option.slice(option.indexOf(':') + 1)];
  return isAct(act) ? { act, value } : undefined;
}
