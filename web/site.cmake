# cmake -DSOURCE=source/tree -DSITE=output/folder -P site.cmake
# Copies what a page fetches: the shell, and the assets that are not compiled in. Unchanged files keep their time.
file(COPY ${SOURCE}/web/shell/ DESTINATION ${SITE})
file(COPY_FILE ${SOURCE}/web/worker/worker.js ${SITE}/evaluator.js ONLY_IF_DIFFERENT)
file(COPY ${SOURCE}/web/headless/edgewise-core.mjs ${SOURCE}/web/headless/edgewise-core.d.mts DESTINATION ${SITE})
foreach(kind models datasets boards chapters)
  if(EXISTS ${SOURCE}/assets/${kind})
    file(COPY ${SOURCE}/assets/${kind} DESTINATION ${SITE}/assets)
  endif()
endforeach()
file(COPY ${SOURCE}/web/chapter/chapter.css ${SOURCE}/assets/fonts/Inter-Regular.otf ${SOURCE}/assets/fonts/Inter-SemiBold.otf DESTINATION ${SITE}/chapter)
file(COPY ${SOURCE}/web/lesson/ DESTINATION ${SITE}/lesson)
