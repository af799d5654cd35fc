// Pieces of text lines: two words that follow one another (casefile/fingerprints/pieces.py, docs/fingerprints.md).

const MOST_PIECES = 6;
const LEAST_WORDS = 3;
const WORD_GAP_PERCENT = 26;
const LEAST_WORD_GAP = 3;
const LEAST_HEIGHTS = 4;
const LOWEST_PIECE = 6;

/** The boxes of the pieces nearest to the middle of the page, at most two of a line; `inks` are those of the lines. */
export function findPieces({ width, height }, lines, inks) {
  const aside = ({ left, right }) => Math.max(Math.abs(2 * left - width), Math.abs(2 * right - width)) * height;
  const reach = (box) => Math.max(aside(box), Math.abs(box.top + box.bottom - height) * width);
  const pairs = lines.map((line, number) => nearestFirst(pairsOfWords(line, inks[number]), aside));
  return [0, 1]
    .flatMap((place) => nearestFirst(pairs.flatMap((boxes) => boxes[place] || []), reach))
    .slice(0, MOST_PIECES);
}

function nearestFirst(boxes, distance) {
  return boxes.sort((one, other) => distance(one) - distance(other));
}

/** Each word of a line with the next one, as high as their ink; none where that is the whole line. */
function pairsOfWords(line, ink) {
  const wide = line.right - line.left;
  const tall = line.bottom - line.top;
  const words = wordsOf(ink, wide, Math.max(LEAST_WORD_GAP, Math.ceil((tall * WORD_GAP_PERCENT) / 100)));
  if (words.length < LEAST_WORDS) return [];
  return words
    .slice(1)
    .map(({ top, right, bottom }, number) => ({
      left: line.left + words[number].left,
      top: line.top + Math.min(words[number].top, top),
      right: line.left + right,
      bottom: line.top + Math.max(words[number].bottom, bottom),
    }))
    .filter((box) => box.right - box.left >= LEAST_HEIGHTS * tall && box.bottom - box.top >= LOWEST_PIECE);
}

/** The boxes, within their line, of words at least `gap` columns apart; the first and the last reach to its ends. */
function wordsOf(ink, wide, gap) {
  const words = [];
  let word = { right: -gap };
  for (let column = 0; column < wide; column++) {
    for (let row = 0, place = column; place < ink.length; row++, place += wide) {
      if (ink[place] <= 1 / 3) continue;
      if (column - word.right >= gap) {
        word = { left: words.length && column, top: row, bottom: 0 };
        words.push(word);
      }
      word.top = Math.min(word.top, row);
      word.right = column + 1;
      word.bottom = Math.max(word.bottom, row + 1);
    }
  }
  word.right = wide;
  return words;
}
