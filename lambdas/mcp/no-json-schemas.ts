/**
 * Stands in the bundle for the JSON Schema validators that the SDK would bring along. It uses one only where a tool
 * is declared with a plain JSON Schema or a form is asked for over a stream, and this server does neither.
 */
export class DefaultJsonSchemaValidator {
  getValidator(): never {
    throw new Error('The bundle has no validator of JSON Schema');
  }
}
