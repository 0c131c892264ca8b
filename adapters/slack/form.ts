/**
 * A command as a form, built from the command table: what was given is filled in, the rest is asked
 * for. Pure.
 */
import type { InputBlock, ModalView, PlainTextOption } from '@slack/types';
import { speechIn, uiLanguage } from '../../src/i18n/speech.ts';
import type { Choice, CommandSpec, MissingOption, OptionSpec } from '../../src/message.ts';
import { limits } from './limits.ts';
import { plain } from './render.ts';

/** The callback id of all forms, and the action id of choices that are looked up while typing. */
export const formId = 'say';
export const choosing = 'choose';

/** Stored in a form: where it was opened. */
export interface FormPlace {
  readonly command: string;
  readonly channel: string;
  /** Where the answer goes; valid for half an hour. */
  readonly responseUrl: string;
  readonly locale: string;
}

/** @param language the channel's; names of options stay English, as they are typed */
export function formOf(spec: CommandSpec, asks: MissingOption, place: FormPlace, language: string): ModalView {
  return {
    type: 'modal',
    callback_id: formId,
    private_metadata: JSON.stringify(place),
    title: plain(`/attache ${spec.name}`, limits.viewTitle),
    submit: plain(spec.name.charAt(0).toUpperCase() + spec.name.slice(1), limits.viewTitle),
    blocks: spec.options.map((option) => inputOf(option, asks.options[option.name] ?? '', language)),
  };
}

/** Reads the metadata of a form; undefined if it is not ours. */
export function placeOf(metadata: string): FormPlace | undefined {
  try {
    const read: unknown = JSON.parse(metadata);
    return isPlace(read) ? read : undefined;
  } catch {
    return undefined;
  }
}

function isPlace(read: unknown): read is FormPlace {
  const words = ['command', 'channel', 'responseUrl', 'locale'] as const;
  return typeof read === 'object' && read !== null && words.every((word) => typeof Reflect.get(read, word) === 'string');
}

interface Filled {
  readonly value?: string | null;
  readonly selected_option?: { readonly value: string } | null;
  readonly selected_options?: readonly { readonly value: string }[];
}

/** Returns a submitted form's options in the shape of a typed command's. */
export function optionsIn(values: Readonly<Record<string, Readonly<Record<string, Filled>>>>): Readonly<Record<string, string>> {
  const filled = Object.entries(values).flatMap(([name, inputs]) => {
    const [input] = Object.values(inputs);
    const chosen = input?.selected_options?.map(({ value }) => value).join(', ');
    const text = (chosen || input?.selected_option?.value || input?.value || '').trim();
    return text === '' ? [] : [[name, text]];
  });
  return Object.fromEntries(filled);
}

/**
 * The typed text itself is a choice, too, such as a region's name; a wrong name is reported on
 * submitting.
 */
export function choicesFor(found: readonly Choice[], typed: string): PlainTextOption[] {
  const own = typed.trim();
  const isThere = own === '' || found.some(({ value }) => value.toLowerCase() === own.toLowerCase());
  return optionsFor(isThere ? found : [...found, { label: own, value: own }]);
}

/** Drops long values: Slack would refuse the whole list. */
function optionsFor(choices: readonly Choice[]): PlainTextOption[] {
  return choices
    .filter(({ value }) => value.length <= limits.optionValue)
    .slice(0, limits.choices)
    .map(({ label, value }) => ({ text: plain(label, limits.buttonText), value }));
}

function inputOf(option: OptionSpec, given: string, language: string): InputBlock {
  return {
    type: 'input',
    block_id: option.name,
    optional: !option.required,
    label: plain(option.name.charAt(0).toUpperCase() + option.name.slice(1), limits.label),
    hint: plain(option.local?.[uiLanguage(language)]?.description ?? option.description, limits.label),
    element: elementOf(option, given, language),
  };
}

function elementOf({ kind, choices }: OptionSpec, given: string, language: string): InputBlock['element'] {
  if (kind === 'text')
    return { type: 'plain_text_input', action_id: 'write', max_length: limits.written, ...(given && { initial_value: given }) };
  const placeholder = plain(placeholdersIn(language)[kind], limits.placeholder);
  if (choices) {
    const options = optionsFor(choices.map((value) => ({ label: value, value })));
    const initial_option = options.find(({ value }) => value === given);
    return { type: 'static_select', action_id: 'pick', placeholder, options, ...(initial_option && { initial_option }) };
  }
  const chosen = optionsFor(given.split(',').flatMap((part) => (part.trim() ? [{ label: part.trim(), value: part.trim() }] : [])));
  // There are too many countries and zones to list before something is typed.
  const min_query_length = kind === 'topics' || kind === 'subscription' || kind === 'word' ? 0 : 1;
  const looked = { action_id: choosing, placeholder, min_query_length } as const;
  if (kind === 'places' || kind === 'topics')
    return { type: 'multi_external_select', ...looked, ...(chosen.length > 0 && { initial_options: chosen }) };
  return { type: 'external_select', ...looked, ...(chosen[0] && { initial_option: chosen[0] }) };
}

function placeholdersIn(language: string): Readonly<Record<Exclude<OptionSpec['kind'], 'text'>, string>> {
  const { typeCountry, typeCity, chooseTopics, chooseOne } = speechIn(language).answers.platform;
  return { places: typeCountry, place: typeCountry, zone: typeCity, topics: chooseTopics, subscription: chooseOne, word: chooseOne };
}
