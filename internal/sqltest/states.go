package sqltest

import (
	"fmt"
	"strings"
	"testing"
)

// state is a database that is not as the program expects it.
type state struct {
	name    string
	sql     string // what somebody has done to an empty database
	migrate error  // of Migrate and MigrateFile; nil: they bring it to what is expected
	check   error  // of CheckSchema
}

func (s Suite[D]) states(t *testing.T, e Engine[D]) []state {
	return append(s.older(t, e), append(s.newer(e), s.foreign()...)...)
}

// older are those with some of the migrations, or none.
func (s Suite[D]) older(t *testing.T, e Engine[D]) []state {
	all := []state{{"no table of ours", "CREATE TABLE visit (id text);", nil, s.Errors.Older}}
	sql := s.recordSQL()
	for i, body := range e.Bodies(t, s.Migrations) {
		all = append(all, state{fmt.Sprint("older, version ", i), sql, nil, s.Errors.Older})
		sql += "\n" + strings.TrimSpace(body) + "\n" + s.versionSQL(i+1)
	}
	return all
}

// newer are one with our tables and one with others.
func (s Suite[D]) newer(e Engine[D]) []state {
	version := s.versionSQL(9999)
	return []state{
		{"newer", s.SQL(e.Dialect) + version, s.Errors.Newer, s.Errors.Newer},
		{"newer, other tables", s.recordSQL() + version, s.Errors.Newer, s.Errors.Newer},
	}
}

func (s Suite[D]) foreign() (all []state) {
	for _, table := range s.Tables {
		sql := "CREATE TABLE " + table + " (mine text); INSERT INTO " + table + " (mine) VALUES ('mine');"
		all = append(all, state{"foreign " + table, sql, s.Errors.ForeignTable, s.Errors.ForeignTable})
	}
	return all
}

func (s Suite[D]) recordSQL() string {
	return "CREATE TABLE " + s.Record + " (version INTEGER NOT NULL PRIMARY KEY);"
}

func (s Suite[D]) versionSQL(version int) string {
	return fmt.Sprintf("INSERT INTO %s (version) VALUES (%d);", s.Record, version)
}
