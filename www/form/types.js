/**
 * Shapes that the form's modules share; those of an answer are a part of the package's own (`pilah`, pilah.d.ts).
 *
 * @typedef {{start: number, end: number}} Span
 * @typedef {{head: string, label: string, start: number, end: number, weight: number}} Evidence
 * @typedef {{label: string, name: string, probability: number}} Suggestion
 * @typedef {{suggestions: Suggestion[], sure: boolean}} HeadAnswer
 * @typedef {{kind: "phone" | "nik" | "email", start: number, end: number}} PrivateData
 * @typedef {{
 *   heads: Record<string, HeadAnswer>,
 *   needsReview: {reason: string, head: string | null} | null,
 *   evidence: Evidence[],
 *   raised: {head: string, rule: string, from: string, to: string, spans: Span[]} | null,
 *   privateData: PrivateData[],
 * }} Answer
 * @typedef {{heads: {name: string, labels: {id: string, name: string}[]}[], fingerprint: string}} Description
 * @typedef {{
 *   description: Description,
 *   classify: (text: string, options: object) => Promise<Answer | null>,
 *   close: () => void,
 * }} Classifier
 * @typedef {{name: string, short?: string}} Office
 * @typedef {{id: string, name: string, parent?: string | null, emergency?: string[], offices: Record<string, Office>}} Region
 */
export {};
