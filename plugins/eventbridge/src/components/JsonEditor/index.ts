export { JsonEditor, type JsonEditorHandle, type LineSign } from './JsonEditor';
export { fieldOfPlace, jsonPlaces, type JsonPlace } from './jsonPlaces';
export type { EditorMark } from './paint';
export { prettyJson } from './prettyJson';
