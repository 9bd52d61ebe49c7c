import './tokens.css';
import './base.css';
import './screens.css';
import htmx from 'htmx.org';
import './shell.js';
import './bedside.js';
import './live.js';
import './proof.js';

window.htmx = htmx;
