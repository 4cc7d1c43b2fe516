/** A colour's share of light as WCAG 2 counts it, 0 to 1; `#rgb` or `#rrggbb`. */
function luminance(color: Rgb): number {
  const [r = 0, g = 0, b = 0] = color.map((part) => (part <= 10 ? part / 3294 : ((part / 255 + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

type Rgb = [number, number, number];

/** Reads `#rgb` and `#rrggbb`; undefined for all else. */
export function readColor(text: string): Rgb | undefined {
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  const long = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(text);
  const parts = short ? short.slice(1).map((digit) => digit + digit) : long?.slice(1);
  return parts?.map((part) => Number.parseInt(part, 16)) as Rgb | undefined;
}

/** The contrast of two colours, 1 to 21. */
export function contrast(one: Rgb, other: Rgb): number {
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

/** White or near-black, whichever is easier to read on a colour. */
export function readableOn(background: Rgb): Rgb {
  return contrast(background, [255, 255, 255]) >= 4.5
    ? [255, 255, 255]
    : contrast(background, [255, 255, 255]) >= contrast(background, [13, 17, 23])
      ? [255, 255, 255]
      : [13, 17, 23];
}

/** The colour itself, or as little darker or lighter as it takes to be read on a background (contrast of at least 4.6). */
export function readableAs(color: Rgb, background: Rgb): Rgb {
  const target = luminance(background) > 0.3 ? 0 : 255;
  for (let share = 0; share <= 1; share += 0.04) {
    const mixed = color.map((part) => Math.round(part + (target - part) * share)) as Rgb;
    if (contrast(mixed, background) >= 4.6) return mixed;
  }
  return [target, target, target];
}

/** A colour for CSS. */
export function cssColor(color: Rgb): string {
  return `rgb(${color.join(' ')})`;
}
