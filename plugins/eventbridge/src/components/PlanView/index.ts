export { PlanLetter, PlanView, type PlanPart } from './PlanView';
export { PlanText } from './PlanText';
