// Has nothing of its own: the headers that are compiled once belong to this source (dialect.cmake).
