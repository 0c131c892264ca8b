/** From scores to how often they are right (Platt): logistic regression on one number, by Newton's method. */

export interface Scored {
  readonly score: number;
  readonly right: boolean;
  readonly weight: number;
}

export function calibrated(scored: readonly Scored[]): { readonly slope: number; readonly offset: number } {
  let slope = 1;
  let offset = 0;
  for (let round = 0; round < 50; round += 1) {
    let [g0, g1, h00, h01, h11] = [0, 0, 1e-6, 0, 1e-6];
    for (const { score, right, weight } of scored) {
      const share = 1 / (1 + Math.exp(-(slope * score + offset)));
      const error = (share - (right ? 1 : 0)) * weight;
      const bend = Math.max(1e-9, share * (1 - share)) * weight;
      g0 += error * score;
      g1 += error;
      h00 += bend * score * score;
      h01 += bend * score;
      h11 += bend;
    }
    const determinant = h00 * h11 - h01 * h01;
    const [step0, step1] = [(h11 * g0 - h01 * g1) / determinant, (h00 * g1 - h01 * g0) / determinant];
    slope -= step0;
    offset -= step1;
    if (Math.abs(step0) + Math.abs(step1) < 1e-9) break;
  }
  return { slope: Number(slope.toPrecision(6)), offset: Number(offset.toPrecision(6)) };
}
