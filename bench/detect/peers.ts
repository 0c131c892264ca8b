/** The nearest public tools, each asked the nearest thing to our question: whether a headline tells an act of a State with its mission. */
import { createRequire } from 'node:module';
import compromise from 'compromise';
import model from 'wink-eng-lite-web-model';
import winkNLP from 'wink-nlp';

export interface Peer {
  readonly name: string;
  read(title: string): boolean;
}

const nouns = ['embassy', 'consulate', 'diplomats', 'ambassador', 'advisory', 'airspace'];
const verbs = ['closes', 'relocates', 'suspends', 'evacuates', 'expels', 'reopens', 'orders', 'recalls'];

function wink(): Peer {
  const nlp = winkNLP(model);
  nlp.learnCustomEntities([{ name: 'act', patterns: [`[PROPN] [${verbs.join('|')}] [|ADJ] [${nouns.join('|')}]`] }]);
  return { name: 'wink-nlp as it comes, with a custom entity', read: (title) => nlp.readDoc(title).customEntities().length() > 0 };
}

function compromised(): Peer {
  const act = `#ProperNoun+ (${verbs.join('|')}) .? (${nouns.join('|')})`;
  return { name: 'compromise: tags and one match', read: (title) => compromise(title).has(act) };
}

/** The part of `natural` that is needed: all of it would also load four database clients. */
interface Stemmer {
  stem(word: string): string;
  tokenizeAndStem(text: string): string[];
}

function naturally(): Peer {
  const stemmer = createRequire(import.meta.url)('natural/lib/natural/stemmers/porter_stemmer') as Stemmer;
  const stems = new Set(nouns.map((word) => stemmer.stem(word)));
  return {
    name: 'natural: tokens and stems',
    read: (title) => stemmer.tokenizeAndStem(title).some((stem) => stems.has(stem)),
  };
}

export const peers = (): readonly Peer[] => [wink(), compromised(), naturally()];
