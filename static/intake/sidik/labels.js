// Connected parts of a mask, numbered by their first pixel as scipy.ndimage.label does.

/** The smallest number joined with `number`. */
function rootOf(parents, number) {
  while (parents[number] !== number) {
    parents[number] = parents[parents[number]];
    number = parents[number];
  }
  return number;
}

/** Join two parts and return the smaller root. */
function joinParts(parents, first, second) {
  const one = rootOf(parents, first);
  const other = rootOf(parents, second);
  if (one < other) return (parents[other] = one);
  return (parents[one] = other);
}

/** A number for each pixel of the mask (0 outside), and for each number the box and the pixels of that part. */
export function labelParts(mask, width, height, hasCorners) {
  const labels = new Int32Array(mask.length);
  const parents = firstPass(mask, labels, width, height, hasCorners);
  const finals = new Int32Array(parents.length);
  let count = 0;
  for (let number = 1; number < parents.length; number++) {
    const root = rootOf(parents, number);
    finals[number] = root === number ? ++count : finals[root];
  }
  for (let place = 0; place < labels.length; place++) if (labels[place]) labels[place] = finals[labels[place]];
  return { labels, parts: measureParts(labels, width, count) };
}

/** Provisional numbers, each pixel joined with its neighbours to the left and above; returns who joined whom. */
function firstPass(mask, labels, width, height, hasCorners) {
  const parents = [0];
  for (let row = 0, place = 0; row < height; row++) {
    for (let column = 0; column < width; column++, place++) {
      if (!mask[place]) continue;
      let number = column > 0 ? labels[place - 1] : 0;
      if (row > 0) {
        const from = hasCorners && column > 0 ? -1 : 0;
        const to = hasCorners && column < width - 1 ? 1 : 0;
        for (let step = from; step <= to; step++) {
          const above = labels[place - width + step];
          if (above && above !== number) number = number ? joinParts(parents, number, above) : above;
        }
      }
      if (!number) {
        number = parents.length;
        parents.push(number);
      }
      labels[place] = number;
    }
  }
  return parents;
}

// The ground is part 0 and has no size.
/** Boxes ({left, top, right, bottom}, the last two outside), sizes and numbers of pixels of the parts 1 to `count`. */
function measureParts(labels, width, count) {
  const parts = [];
  for (let number = 0; number <= count; number++) {
    parts.push({ left: width, top: labels.length, right: 0, bottom: 0, area: 0 });
  }
  for (let place = 0, row = 0; place < labels.length; row++) {
    for (let column = 0; column < width; column++, place++) {
      if (!labels[place]) continue;
      const part = parts[labels[place]];
      if (column < part.left) part.left = column;
      if (column >= part.right) part.right = column + 1;
      if (row < part.top) part.top = row;
      part.bottom = row + 1;
      part.area++;
    }
  }
  for (const part of parts) {
    part.wide = part.right - part.left;
    part.tall = part.bottom - part.top;
  }
  return parts;
}
