export { VirtualTable, type Column, type Sorting, type VirtualTableProps } from './VirtualTable';
