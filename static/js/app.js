// Everything works without this file: it only starts the behaviour that the design systems add to their own
// components (character counts, show-password buttons, conditional questions, menus).
import { initAll as startGovuk } from './govuk-frontend.min.js';
import { initAll as startMoj } from './moj-frontend.min.js';

startGovuk();
startMoj();

// The filter is a <details>: shut on a phone, always open beside the results on a wide screen. Style sheets
// do that alone in browsers that know ::details-content; the others are told here.
if (!CSS.supports('selector(::details-content)')) {
  const wide = window.matchMedia('(min-width: 60em)');
  const openWhenWide = () => {
    if (wide.matches) {
      document.querySelectorAll('.app-filter').forEach((filter) => { filter.open = true; });
    }
  };
  wide.addEventListener('change', openWhenWide);
  openWhenWide();
}
