/** The browser and REST edge: sign-in, page shell, problems, formats and what every screen shares. */
@NullMarked
package io.venule.web;

import org.jspecify.annotations.NullMarked;
