/** Columns that are dropped from every file before anything else sees a row: they describe a person, not a trade. */
import { columnKey, wordsOf } from './column-names.ts';

export interface ForbiddenTopic {
  readonly topic: string;
  /** Whole column names. */
  readonly names: readonly string[];
  /** A name is meant when it holds every word of one of these lists; `a|b` is either word. */
  readonly words: readonly (readonly string[])[];
}

/**
 * The named list. It is a default that protects people, not a setting: profiles cannot switch it off. A word stands for a word of
 * the column's name, so `race` meets "race_of_person" and not "embrace" or "trace".
 */
export const FORBIDDEN_TOPICS: readonly ForbiddenTopic[] = [
  {
    topic: 'appearance',
    names: ['profile', 'look', 'looks', 'build', 'complexion'],
    words: [
      ['appearance'],
      ['physical', 'description|features|characteristics'],
      ['skin|hair|eye|eyes', 'color|colour'],
      ['tattoo|tattoos|scar|scars|birthmark|birthmarks|complexion'],
    ],
  },
  { topic: 'caste', names: [], words: [['caste|castes|jaat|jati']] },
  {
    topic: 'ethnicity',
    names: [],
    words: [['ethnicity|ethnic|race|racial|tribe|tribal|clan|indigenous']],
  },
  {
    topic: 'religion',
    names: [],
    words: [
      [
        'religion|religions|religious|faith|belief|beliefs|believer|gospel|church|christian|hindu|muslim|buddhist',
      ],
      ['prayer|prayed|baptism|baptised|baptized|worship|temple|mosque'],
    ],
  },
  {
    topic: 'health',
    // The case data standard's list of vulnerabilities: addiction, disability, mental health, poverty.
    names: ['vic_vulnerabilities', 'vic_detailsofvulnerabilities'],
    words: [
      ['health|medical|disease|illness|hiv|aids|pregnant|pregnancy|diagnosis|medication|hospital'],
      ['disability|disabilities|disabled|mental|psychological|psychiatric|trauma'],
      ['suicidal|suicide'],
    ],
  },
  {
    topic: 'sexual life',
    names: ['sexual_abuse'],
    words: [
      [
        'sexual|sexually',
        'abuse|abused',
        'home|house|family|father|mother|guardian|parent|parents|relative|childhood',
      ],
      ['sexual', 'orientation|history'],
      ['virginity|abortion'],
    ],
  },
  {
    topic: 'home situation',
    names: ['situational_alarms', 'total_situational_alarms', 'family_economic_situation'],
    words: [
      ['home', 'situation|alarm|alarms|life|problems'],
      [
        'guardian|guardians|parent|parents|father|mother|family',
        'drink|drinks|drinking|drunk|alcohol|drug|drugs',
      ],
      ['economic|financial', 'situation|status|condition'],
      ['household|family', 'income|poverty'],
    ],
  },
  {
    topic: 'fundraising',
    names: [],
    words: [['fundraising|fundraiser|donor|donors|donation|donations|sponsorship']],
  },
  {
    topic: 'photos',
    names: [],
    words: [['photo|photos|photograph|photographs|picture|pictures|image|images|portrait|selfie|mugshot']],
  },
];

/** Names a pattern would catch wrongly, with why they stay. */
const KEPT: ReadonlyMap<string, string> = new Map([
  ['evade_appearance_avoid_officials', 'what the party did on seeing officials, not how anybody looks'],
]);

/** The topic that forbids a column of this name, or null. Case, spaces and camelCase do not matter. */
export function forbiddenTopic(name: string): string | null {
  const key = columnKey(name);
  if (KEPT.has(key)) return null;
  const words = new Set(wordsOf(name));
  const meant = FORBIDDEN_TOPICS.find(
    (topic) =>
      topic.names.includes(key) ||
      topic.words.some((all) => all.every((either) => either.split('|').some((word) => words.has(word)))),
  );
  return meant?.topic ?? null;
}

/** Whether any words of a text that cannot be taken apart are a forbidden column's name; escapes may hide one. */
export function mayHoldForbidden(text: string): boolean {
  if (text.includes('\\u')) return true;
  const runs = text.match(/[\p{L}\p{M}\p{N}_.'’-]+(?: +[\p{L}\p{M}\p{N}_.'’-]+)*/gu) ?? [];
  return runs.some(
    (run) => forbiddenTopic(run) !== null || run.split(/[ .]+/).some((word) => forbiddenTopic(word) !== null),
  );
}
