module github.com/verktoykatalog/verktoy

go 1.25.0
