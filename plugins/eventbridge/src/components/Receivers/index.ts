export { Receivers } from './Receivers';
