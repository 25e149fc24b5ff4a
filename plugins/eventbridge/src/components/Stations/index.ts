export { Stations, type StationProps } from './Stations';
