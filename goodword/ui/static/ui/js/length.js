// How long a text is, as the channel counts it: the same rules as goodword/connectors/length.py.

const segmenter = new Intl.Segmenter(undefined, { granularity: "grapheme" });
const EMOJI = /\p{Extended_Pictographic}|\p{Regional_Indicator}|[0-9#*]\ufe0f?\u20e3/u;
const LIGHT = /[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/u;
const LINK =
  /https?:\/\/[^\s<>"]+|(?<![\p{L}\p{N}_@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|co|app|dev|info|eu|uk|de|fr|es|it|nl|se|jp|in|br|us)(?:\/[^\s<>"]*)?(?![\p{L}\p{N}_@-])/giu;
const LINK_WEIGHT = 23;

/** @param {string} text */
function graphemes(text) {
  return [...segmenter.segment(text)].map((one) => one.segment);
}

/** @param {string} text */
function weighted(text) {
  const links = text.normalize("NFC").match(LINK)?.length ?? 0;
  const rest = text.normalize("NFC").replace(LINK, "");
  let weight = links * LINK_WEIGHT;
  for (const cluster of graphemes(rest)) {
    weight += EMOJI.test(cluster) ? 2 : [...cluster].reduce((sum, one) => sum + (LIGHT.test(one) ? 1 : 2), 0);
  }
  return weight;
}

const FULL_LINK = /https?:\/\/[^\s<>"]+/giu;
const FULL_MENTION = /(?<![\p{L}\p{N}_/])(@[\p{L}\p{N}_]+)@[\p{L}\p{N}_.-]+[\p{L}\p{N}_]/gu;

/** @param {string} text */
function shortened(text) {
  return graphemes(text.replace(FULL_LINK, "x".repeat(LINK_WEIGHT)).replace(FULL_MENTION, "$1")).length;
}

/** @type {Record<string, (text: string) => number>} */
const counters = {
  characters: (text) => [...text].length,
  graphemes: (text) => graphemes(text).length,
  utf16: (text) => text.length,
  bytes: (text) => new TextEncoder().encode(text).length,
  weighted,
  shortened,
};

/**
 * @param {string} text
 * @param {string} count one of the channel's ways to count
 */
export const length = (text, count) => (counters[count] ?? counters.characters)(text.replace(/\r\n/g, "\n"));
