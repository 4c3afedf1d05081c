package approval

func (s *RequirementSet) factsSchema() object {
	properties := object{}
	for _, f := range s.Facts {
		p := f.schema()
		p["title"] = f.Question.In("en")
		properties[f.ID] = p
	}
	return closed(properties)
}

func (f Fact) schema() object {
	switch f.Type {
	case TypeChoice:
		return f.codes()
	case TypeChoices:
		return object{"type": "array", "items": f.codes(), "uniqueItems": true}
	case TypeBoolean:
		return object{"type": "boolean"}
	}
	return f.number()
}

// mostExact is the greatest whole number that every JSON reader keeps as it is
// (RFC 8259, section 6): beyond it two declarations could have one digest.
const mostExact = 1<<53 - 1

func (f Fact) number() object {
	o := object{"type": "integer", "minimum": -mostExact, "maximum": mostExact}
	if f.Min != nil {
		o["minimum"] = *f.Min
	}
	if f.Max != nil {
		o["maximum"] = *f.Max
	}
	return o
}

func (f Fact) codes() object {
	codes := make([]string, len(f.Choices))
	for i, c := range f.Choices {
		codes[i] = c.Code
	}
	return object{"type": "string", "enum": codes}
}
