import type { DottedSign } from './dotted-sign.js';
import type { Selection } from './observed.js';
import type { Answer } from './wire.js';

/** Takes down what a case sees. */
export interface Observer {
  /** An answer. */
  (label: string, answer: Answer, selection?: Selection): void;
  /** Any other fact. */
  fact(label: string, value: string | number | boolean): void;
}

/** The same story was played at Doorkeeper; the golden file has what it saw, under this id. */
export interface Case {
  readonly id: string;
  readonly play: (server: DottedSign, observe: Observer) => Promise<void>;
}

/** One request, which may need others before it. */
export type Ask = (server: DottedSign) => Promise<Answer>;

/** Cases of one subject, in the order in which they are played. */
export class CaseGroup {
  readonly cases: Case[] = [];

  add = (id: string, play: Case['play']): void => {
    this.cases.push({ id, play });
  };

  /** A case of one answer. */
  one = (id: string, ask: Ask, selection?: Selection): void => {
    this.add(id, async (server, observe) => {
      observe('answer', await ask(server), selection);
    });
  };

  /** Cases of one answer each, by the last part of their id. */
  each = (prefix: string, asks: Readonly<Record<string, Ask>>): void => {
    for (const [name, ask] of Object.entries(asks)) this.one(prefix + name, ask);
  };
}
