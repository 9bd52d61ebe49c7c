package io.venule.store;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.inject.Singleton;

/** The inventory, to rows and back. */
@Singleton
final class PumpRows implements PanacheRepositoryBase<PumpRow, String> {}
