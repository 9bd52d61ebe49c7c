import './tokens.css';
import './base.css';
import './screens.css';
import './shell.js';
import './steps.js';
import './bedside.js';
import './live.js';
import './proof.js';

