export { CheckChoice } from './CheckChoice';
export { Chips } from './Chips';
export { FormRow, type InputProps } from './FormRow';
export { Columns, FormPage, ItemCard, Stack } from './layout';
export { ProblemsProvider, ProblemWords, useProblemsAt } from './Problems';
export { RadioChoice } from './RadioChoice';
export { SearchInput, type SearchOption } from './SearchInput';
export { SelectInput, TextArea, TextInput } from './TextInput';
