package store

import (
	"context"
	"fmt"

	"github.com/pressly/goose/v3"
)

// Migration is one step of the schema.
type Migration struct {
	Version int64  `json:"version"`
	Name    string `json:"name"`
	Applied bool   `json:"applied"`
}

// Migrate brings the schema up to date and gives the versions it applied. Two at once wait for each other.
func (s *Store) Migrate(ctx context.Context) ([]int64, error) {
	p, err := s.provider()
	if err != nil {
		return nil, err
	}
	done, err := p.Up(ctx)
	if err != nil {
		return nil, s.dialect.explain(fmt.Errorf("store: migrate: %w", err))
	}
	versions := make([]int64, 0, len(done))
	for _, m := range done {
		versions = append(versions, m.Source.Version)
	}
	return versions, nil
}

// migrateTo brings an empty schema to the version that a backup has.
func (s *Store) migrateTo(ctx context.Context, version int64) error {
	p, err := s.provider()
	if err != nil {
		return err
	}
	if _, err := p.UpTo(ctx, version); err != nil {
		return s.dialect.explain(fmt.Errorf("store: migrate: %w", err))
	}
	return nil
}

// schemaVersion gives the newest step that stands, 0 for an empty database.
func (s *Store) schemaVersion(ctx context.Context) (int64, error) {
	steps, err := s.MigrateStatus(ctx)
	version := int64(0)
	for _, step := range steps {
		if step.Applied {
			version = step.Version
		}
	}
	return version, err
}

// MigrateStatus lists every step in order.
func (s *Store) MigrateStatus(ctx context.Context) ([]Migration, error) {
	p, err := s.provider()
	if err != nil {
		return nil, err
	}
	status, err := p.Status(ctx)
	if err != nil {
		return nil, s.dialect.explain(fmt.Errorf("store: migration status: %w", err))
	}
	steps := make([]Migration, 0, len(status))
	for _, m := range status {
		steps = append(steps, Migration{m.Source.Version, m.Source.Path, m.State == goose.StateApplied})
	}
	return steps, nil
}

// provider is not closed: that would close the pool.
func (s *Store) provider() (*goose.Provider, error) {
	kind, dir, options, err := s.dialect.migrations(s)
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	options = append(options, goose.WithDisableGlobalRegistry(true))
	p, err := goose.NewProvider(kind, s.write.DB, dir, options...)
	if err != nil {
		return nil, fmt.Errorf("store: migrations: %w", err)
	}
	return p, nil
}
