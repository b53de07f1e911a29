// What MDX may use without importing it. Adding one is a line here and a file beside it.
// Given to the chapter's <Content> by pages/chapters/[slug].astro.
import Cite from './Cite.astro';
import Code from './Code.astro';
import Compare from './Compare.astro';
import Exercise from './Exercise.astro';
import Figure from './Figure.astro';
import H2 from './H2.astro';
import H3 from './H3.astro';
import Lab from './Lab.astro';
import Measured from './Measured.astro';
import Predict from './Predict.astro';
import Quiz from './Quiz.astro';
import Side from './Side.astro';
import Sources from './Sources.astro';
import Term from './Term.astro';
import Timeline from './Timeline.astro';

export const components = {
  Cite,
  Code,
  Compare,
  Exercise,
  Figure,
  Lab,
  Measured,
  Predict,
  Quiz,
  Side,
  Sources,
  Term,
  Timeline,
  h2: H2,
  h3: H3,
};
