/** What was pressed, as an act and its value. */
import type { BlockAction } from '@slack/bolt';
import type { ButtonAct } from '../../src/message.ts';

const acts = new Set<string>(['acknowledge', 'mute', 'why', 'wrong', 'command'] satisfies ButtonAct[]);
const isAct = (word: string): word is ButtonAct => acts.has(word);

/** The act stands in a button's action id, and in the value of an overflow option. Links open by themselves. */
export function pressedOf(
  action: BlockAction['actions'][number] | undefined,
): { readonly act: ButtonAct; readonly value: string } | undefined {
  const said = action?.type === 'overflow' ? action.selected_option.value : undefined;
  const [act, value] =
    said === undefined
      ? [action?.action_id.replace(/-\d+$/, '') ?? '', action?.type === 'button' ? (action.value ?? '') : '']
      : [said.slice(0, said.indexOf(':')), said.slice(said.indexOf(':') + 1)];
  return isAct(act) ? { act, value } : undefined;
}
