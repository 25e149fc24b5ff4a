export { BusesPage } from './BusesPage';
