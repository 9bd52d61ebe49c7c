package io.venule.release;

import io.venule.release.Faults.Place;
import io.venule.signing.Json;

/** One file's content and where it is from. */
record Part(Json json, Place place) {}
