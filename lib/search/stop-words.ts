import { tokenize } from './tokenize.ts';

/** Words that requests are made of whatever they ask for. */
const WORDS = `a about after again all also am amazon an and any are as at aws be because been before being but by can cant could
  did do does doing dont down each for from get getting give go going had has have having he help her here him his how
  i if im in into is isnt it its ive just let like make me more most my need new no not now of off on once one only or
  other our out over own please s same she should so some such t than that the their them then there these they this time
  those to today too under until up us use using very want was way we were what when where which while who whom why will with
  without would you your`;

/** Stems of the stop words, as `tokenize` gives them. */
export const STOP_WORDS: ReadonlySet<string> = new Set(tokenize(WORDS).map((word) => word.stem));
