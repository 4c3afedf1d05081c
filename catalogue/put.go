package catalogue

// Put adds one tool to the current index, or puts it in the place of the tool with the same id, and says what changed; all others stay. What
// it takes and its errors are those of [Index.With]; on an error the current index stays. Equal tools change nothing.
//
// A tool that was read from l before takes its place as it is, also if somebody else has changed another part of it since: where several
// change the same tool, read it within [Live.Update]. In a Live that [Follow] keeps fresh the tool is as its source has it after the next
// look, so change it at the source.
func (l *Live) Put(t Tool) (Changes, error) {
	return l.change(func(old *Index) (*Index, error) { return old.With(t) })
}

// change is [Live.Update] that says what changed, and leaves the index in place if nothing did.
func (l *Live) change(to func(*Index) (*Index, error)) (Changes, error) {
	var changes Changes
	err := l.Update(func(old *Index) (*Index, error) {
		next, err := to(old)
		if err != nil {
			return nil, err
		}
		if changes = Diff(old, next); changes.Empty() {
			return old, nil
		}
		return next, nil
	})
	if err != nil {
		return Changes{}, err
	}
	return changes, nil
}
